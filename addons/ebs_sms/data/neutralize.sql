-- a copied database writes to nobody
UPDATE res_company
   SET ebs_sms_gateway = 'log',
       ebs_twilio_auth_token = NULL;
