{{ crm_warehouse.accepted('crm', 'campaign_contacts') }}
